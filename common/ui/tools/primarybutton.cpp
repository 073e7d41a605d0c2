// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "primarybutton.h"

#include "picture/colors.h"

#include <QAbstractButton>
#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

namespace {

constexpr double radius = 3;

/// The platform's style, but for the panel of a button, which is filled with the palette's Button colour as it is: styles usually
/// lighten that colour, and the text loses its contrast.
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
            // drawComplexControl() has painted it, with the part that opens the menu
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
            option.state.testFlag(State_MouseOver)) // away from the text's colour
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

/// One for all buttons; goes with the application.
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

void PrimaryButton::paint(QAbstractButton &button, Icons::Shape shape, bool isPrimary)
{
    const QPalette around = button.parentWidget() ? button.parentWidget()->palette() : QPalette();
    QPalette palette = around;
    const Colors &colors = Colors::of(around);
    if (isPrimary) {
        // While it is disabled it looks like any other.
        for (const auto group : {QPalette::Active, QPalette::Inactive}) {
            palette.setColor(group, QPalette::Button, colors.accent);
            palette.setColor(group, QPalette::ButtonText, colors.onAccent);
        }
    }
    button.setStyle(isPrimary ? filledStyle() : nullptr);
    button.setPalette(palette);
    button.setIcon(Icons::make(shape, isPrimary ? colors.onAccent : around.color(QPalette::ButtonText)));
}
