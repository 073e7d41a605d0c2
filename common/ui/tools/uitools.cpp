// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "uitools.h"

#include "control.h"
#include "picture/colors.h"

#include <QAction>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QFrame>
#include <QPainter>
#include <QPushButton>
#include <QScreen>

#include <algorithm>

namespace UiTools {

int rowHeight(const QWidget &widget)
{
    return std::max(28, widget.fontMetrics().height() + 11);
}

QColor quietText(const QPalette &palette)
{
    return Colors::of(palette).quietText;
}

QColor escapeBackground(const QPalette &palette)
{
    return Colors::of(palette).tint;
}

QPalette readablePlaceholders(const QPalette &palette)
{
    QPalette readable;
    readable.setColor(QPalette::PlaceholderText, Colors::of(palette).placeholder);
    return readable;
}

QFont figuresFont(const QFont &font)
{
    QFont figures = font;
    figures.setKerning(false);
    const QFontMetricsF metrics(figures);
    const double width = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (qAbs(metrics.horizontalAdvance(digit) - width) < 0.01)
            continue;
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        if (font.pointSizeF() > 0)
            fixed.setPointSizeF(font.pointSizeF());
        else
            fixed.setPixelSize(font.pixelSize());
        return fixed;
    }
    return figures;
}

void paintEmptyText(QPainter &painter, const QRect &rect, const QWidget &view, const QString &text)
{
    painter.setPen(Colors::of(view.palette()).placeholder);
    const int margin = view.fontMetrics().height();
    painter.drawText(rect.adjusted(margin, margin, -margin, -margin), int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                     text);
}

void describe(QWidget *widget, const char *objectName, const QString &accessibleName)
{
    widget->setObjectName(QLatin1StringView(objectName));
    widget->setAccessibleName(accessibleName);
}

QAction *addAction(QWidget &view, const QString &text, const QList<QKeySequence> &keys,
                   const std::function<void()> &slot)
{
    auto *action = new QAction(text, &view);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    QObject::connect(action, &QAction::triggered, &view, slot);
    view.addAction(action);
    return action;
}

void apply(QPushButton *button, const Control &control)
{
    if (button->text() != control.text)
        button->setText(control.text);
    QString name = control.text;
    button->setAccessibleName(name.remove(QLatin1Char('&')));
    button->setToolTip(control.toolTip);
    button->setEnabled(control.enabled);
}

QWidget *line(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Sunken);
    return line;
}

void keepOnScreen(QWidget &window)
{
    const QRect screen = window.screen()->availableGeometry();
    if (screen.contains(window.frameGeometry()) || window.isMaximized() || window.isFullScreen())
        return;
    const QSize frame = window.frameGeometry().size() - window.size();
    window.resize(window.size().boundedTo(screen.size() - frame));
    const QSize size = window.size() + frame;
    const QPoint place = window.frameGeometry().topLeft();
    window.move(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() + 1 - size.width())),
                std::clamp(place.y(), screen.top(), std::max(screen.top(), screen.bottom() + 1 - size.height())));
}

QString organization()
{
    return QStringLiteral("TCP Steps");
}

QString program(Side side)
{
    return side == Side::Server ? QStringLiteral("server_gui") : QStringLiteral("client_gui");
}

} // namespace UiTools
