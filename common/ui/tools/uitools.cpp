// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "uitools.h"

#include "control.h"
#include "picture/colors.h"
#include "ui/access/combolists.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QTimer>

#include <algorithm>

namespace {

/// Keeps the colour of a label's text. Owned by the label.
class TextColor : public QObject
{
public:
    TextColor(QLabel *label, QColor Colors::*color)
        : QObject(label)
        , m_color(color)
    {
        label->installEventFilter(this);
        apply(*label);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            apply(*static_cast<QLabel *>(watched));
        return QObject::eventFilter(watched, event);
    }

private:
    void apply(QLabel &label) const
    {
        QPalette palette = label.palette();
        const QColor &color = Colors::of(palette).*m_color;
        if (palette.color(QPalette::WindowText) == color)
            return;
        palette.setColor(QPalette::WindowText, color);
        label.setPalette(palette);
    }

    QColor Colors::*m_color;
};

/// Changes the application's palette. Owned by the application.
class PlaceholderColor : public QObject
{
public:
    explicit PlaceholderColor(QObject *parent)
        : QObject(parent)
    {
        parent->installEventFilter(this);
        apply();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    static void apply()
    {
        const QPalette palette = QApplication::palette();
        QApplication::setPalette(UiTools::readablePlaceholders(palette).resolve(palette));
    }
};

} // namespace

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

void setTextColor(QLabel *label, QColor Colors::*color)
{
    new TextColor(label, color);
}

QPalette readablePlaceholders(const QPalette &palette)
{
    QPalette readable;
    readable.setColor(QPalette::PlaceholderText, Colors::of(palette).placeholder);
    return readable;
}

void keepPlaceholdersReadable()
{
    new PlaceholderColor(qApp);
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
    auto *combo = qobject_cast<QComboBox *>(widget);
    if (!combo)
        return;
    ComboLists::name(*combo);
    if (combo->lineEdit())
        combo->lineEdit()->setAccessibleName(accessibleName);
}

void changeAccessibleName(QWidget *widget, const QString &name)
{
    if (widget->accessibleName() != name)
        widget->setAccessibleName(name);
}

void changeAccessibleDescription(QWidget *widget, const QString &description)
{
    if (widget->accessibleDescription() != description)
        widget->setAccessibleDescription(description);
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

void offerClearButton(QLineEdit *field)
{
    QObject::connect(field, &QLineEdit::textChanged, field, [field] { field->setClearButtonEnabled(true); });
}

void apply(QPushButton *button, const Control &control)
{
    if (button->text() != control.text)
        button->setText(control.text);
    QString name = control.text;
    changeAccessibleName(button, name.remove(QLatin1Char('&')));
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

void followFilter(QFileDialog &dialog)
{
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog](const QString &filter) {
        const QString suffix = filter.section(QStringLiteral("*."), 1).section(u')', 0, 0);
        if (!suffix.isEmpty()) // a platform's dialog may say that there is no filter
            dialog.setDefaultSuffix(suffix);
    });
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

void keepOnScreenSoon(QWidget &window)
{
    constexpr int frameMs = 50; // by then the window has its frame
    // The screen of this platform is not visible.
    if (QGuiApplication::platformName() != QLatin1StringView("offscreen"))
        QTimer::singleShot(frameMs, &window, [&window] { keepOnScreen(window); });
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
