// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "statechip.h"

#include "picture/colors.h"
#include "ui/tools/uitools.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace {

constexpr int markSize = 9;

} // namespace

StateChip::StateChip(const char *labelName, const QString &caption, QWidget *parent)
    : QWidget(parent)
    , m_caption(caption)
    , m_captionLabel(new QLabel(caption, this))
    , m_label(new QLabel(this))
    , m_mark(new QLabel(this))
{
    m_label->setObjectName(QLatin1StringView(labelName));
    m_label->setTextFormat(Qt::PlainText);
    UiTools::setTextColor(m_captionLabel, &Colors::quietText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(UiTools::grid, 0, UiTools::grid, 0);
    layout->setSpacing(UiTools::grid / 2 + 1);
    layout->addWidget(m_captionLabel);
    layout->addWidget(m_label);
    layout->addWidget(m_mark);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFixedHeight(UiTools::rowHeight(*this) - 4);
    hide();
}

void StateChip::setState(const std::optional<ShownState> &state)
{
    setVisible(state.has_value());
    if (!state)
        return;
    if (m_state.texts.isEmpty()) { // not earlier: a window without a connection does not load this font
        QFont bold = m_label->font();
        bold.setWeight(QFont::DemiBold);
        m_label->setFont(bold);
    }
    m_state = *state;
    m_label->setText(m_state.texts.back());
    showMark();
    setToolTip(m_state.explanation);
    QString name = tr("%1: %2", "which end, its state").arg(m_caption, m_state.texts.front());
    if (m_state.source)
        name = m_state.source == StateSource::Kernel ? tr("%1, read from the kernel").arg(name)
                                                     : tr("%1, inferred from the segments").arg(name);
    for (QWidget *widget : {static_cast<QWidget *>(this), static_cast<QWidget *>(m_label)}) {
        UiTools::changeAccessibleName(widget, name);
        UiTools::changeAccessibleDescription(widget, m_state.explanation);
    }
}

void StateChip::showMark()
{
    m_mark->setVisible(m_state.source.has_value());
    QPixmap pixmap(QSize(markSize, markSize) * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.4));
    painter.setBrush(m_state.source == StateSource::Kernel ? palette().brush(QPalette::WindowText)
                                                           : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF(1, 1, markSize - 2, markSize - 2));
    painter.end();
    m_mark->setPixmap(pixmap);
}

int StateChip::widthWith(const QString &text) const
{
    const QMargins margins = layout()->contentsMargins();
    const int mark = m_state.source ? markSize + layout()->spacing() : 0;
    return margins.left() + m_captionLabel->sizeHint().width() + layout()->spacing() +
           m_label->fontMetrics().horizontalAdvance(text) + mark + margins.right() + 2;
}

int StateChip::shortestWidth() const
{
    return isHidden() ? 0 : widthWith(m_state.texts.back());
}

void StateChip::setRoom(int width)
{
    if (isHidden())
        return;
    const auto fitting = std::find_if(m_state.texts.cbegin(), m_state.texts.cend(),
                                      [&](const QString &text) { return widthWith(text) <= width; });
    m_label->setText(fitting == m_state.texts.cend() ? m_state.texts.back() : *fitting);
}

void StateChip::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = height() / 2.0;
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

void StateChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_state.texts.isEmpty())
        showMark();
}

#include "moc_statechip.cpp"
