// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "growingedit.h"

#include "picture/colors.h"
#include "uitools.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QTextDocument>

#include <algorithm>

namespace {

constexpr int textMargin = 2; ///< pixels around the text, as in a line edit

} // namespace

GrowingEdit::GrowingEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_note(new QLabel(this))
{
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false); // the frame paints the background, as a line edit's does
    m_note->setObjectName(QStringLiteral("messageNote"));
    UiTools::setTextColor(m_note, &Colors::quietText);
    m_note->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(this, &QPlainTextEdit::textChanged, this, &GrowingEdit::fitHeight);
    fitHeight();
}

/// Paints the frame of a line edit, which shows the focus.
bool GrowingEdit::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    QPainter painter(this);
    QStyleOptionFrame frame;
    frame.initFrom(this);
    frame.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &frame, this);
    frame.state |= QStyle::State_Sunken;
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
    return true;
}

void GrowingEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNote();
}

int GrowingEdit::heightOf(int lines) const
{
    return UiTools::rowHeight(*this) + (lines - 1) * fontMetrics().lineSpacing();
}

void GrowingEdit::fitHeight()
{
    const int lines = std::clamp(document()->blockCount(), 1, maxLines);
    document()->setDocumentMargin(textMargin);
    setVerticalScrollBarPolicy(document()->blockCount() > maxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setFixedHeight(heightOf(lines));
    placeNote();
}

QSize GrowingEdit::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 32, heightOf(1)};
}

QSize GrowingEdit::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 10, heightOf(1)};
}

void GrowingEdit::setNote(const QString &note)
{
    if (m_note->text() == note)
        return;
    m_note->setText(note);
    placeNote();
}

void GrowingEdit::placeNote()
{
    const QSize size = m_note->sizeHint();
    const int gap = m_note->text().isEmpty() ? 0 : fontMetrics().averageCharWidth();
    const int room = heightOf(1) - fontMetrics().lineSpacing() - 2 * frameWidth() - 2 * textMargin;
    setViewportMargins(0, room / 2, m_note->text().isEmpty() ? 0 : size.width() + 2 * gap, room - room / 2);
    m_note->setGeometry(width() - size.width() - frameWidth() - gap, (heightOf(1) - size.height()) / 2, size.width(),
                        size.height());
}

void GrowingEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

#include "moc_growingedit.cpp"
