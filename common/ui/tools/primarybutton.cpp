// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "primarybutton.h"

#include "picture/colors.h"

#include <QAbstractButton>
#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QProxyStyle>
#include <QScopedValueRollback>
#include <QStyleOption>

#include <utility>

namespace {

constexpr double radius = 3;

/// The platform's style, except that the panel of a button is filled with the exact Button colour of the palette.
/// Styles usually lighten that colour, which reduces the contrast of the text.
class FilledStyle : public QProxyStyle
{
public:
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        const bool isEnabled = option->state.testFlag(State_Enabled);
        if (isEnabled && element == PE_PanelButtonCommand) {
            paintPanel(*option, *painter);
        } else if (isEnabled && element == PE_PanelButtonTool) {
            // drawComplexControl() has already painted it, together with the part that opens the menu.
        } else if (isEnabled && element == PE_IndicatorButtonDropDown) {
            painter->setPen(option->palette.color(QPalette::ButtonText));
            painter->drawLine(option->rect.topLeft() + QPoint(0, 6), option->rect.bottomLeft() - QPoint(0, 6));
        } else if (isEnabled && element == PE_IndicatorArrowDown) {
            paintArrow(*option, *painter);
        } else {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
        }
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override
    {
        if (control == CC_ToolButton && option->state.testFlag(State_Enabled))
            paintPanel(*option, *painter);
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }

private:
    static void paintPanel(const QStyleOption &option, QPainter &painter)
    {
        const QColor text = option.palette.color(QPalette::ButtonText);
        QColor fill = option.palette.color(QPalette::Button);
        if (option.state.testFlag(State_Sunken) ||
            option.state.testFlag(State_MouseOver)) // shifts the colour away from that of the text
            fill = Colors::mix(fill, text.lightnessF() > 0.5 ? Qt::black : Qt::white, 0.15);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(option.rect, radius, radius);
        if (option.state.testFlag(State_HasFocus)) {
            painter.setPen(QPen(text, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5), radius - 1, radius - 1);
        }
        painter.restore();
    }

    static void paintArrow(const QStyleOption &option, QPainter &painter)
    {
        const QPointF middle = QRectF(option.rect).center();
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(option.palette.color(QPalette::ButtonText));
        painter.drawPolygon(
            QPolygonF({middle + QPointF(-3.5, -1.5), middle + QPointF(3.5, -1.5), middle + QPointF(0, 2.5)}));
        painter.restore();
    }
};

/// Returns one style for all buttons. The application deletes it.
QStyle *filledStyle()
{
    static QStyle *style = nullptr;
    if (!style) {
        style = new FilledStyle;
        style->setParent(qApp);
        QObject::connect(style, &QObject::destroyed, qApp, [] { style = nullptr; });
    }
    return style;
}

} // namespace

PrimaryLook::PrimaryLook(QAbstractButton *button)
    : QObject(button)
    , m_button(button)
{
    button->installEventFilter(this);
}

void PrimaryLook::set(Icons::Shape shape, bool isPrimary)
{
    const bool isOtherShape = std::exchange(m_shape, shape) != shape;
    const bool isOtherStyle = std::exchange(m_isPrimary, isPrimary) != isPrimary;
    if (isOtherStyle) // not in paint(), which the style itself may cause
        m_button->setStyle(isPrimary ? filledStyle() : nullptr);
    if (isOtherShape || isOtherStyle)
        paint();
}

bool PrimaryLook::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_isPainting)
        paint();
    return QObject::eventFilter(watched, event);
}

void PrimaryLook::paint()
{
    const QPalette around = m_button->parentWidget() ? m_button->parentWidget()->palette() : QPalette();
    QPalette palette = around;
    const Colors &colors = Colors::of(around);
    if (m_isPrimary) {
        // A disabled button looks like any other.
        for (const auto group : {QPalette::Active, QPalette::Inactive}) {
            palette.setColor(group, QPalette::Button, colors.accent);
            palette.setColor(group, QPalette::ButtonText, colors.onAccent);
        }
    }
    const QScopedValueRollback painting(m_isPainting, true); // with a style sheet, this changes the palette again
    m_button->setPalette(palette);
    m_button->setIcon(Icons::make(m_shape, m_isPrimary ? colors.onAccent : around.color(QPalette::ButtonText)));
}

#include "moc_primarybutton.cpp"
