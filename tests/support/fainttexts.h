// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "painted.h"
#include "picture/colors.h"
#include "ui/ladder/ladderview.h"
#include "ui/wire/wireview.h"

#include <QAbstractButton>
#include <QAbstractTextDocumentLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>
#include <map>

constexpr double readableContrast = 4.5; ///< of a text (WCAG 2, success criterion 1.4.3)

/// The contrast of the text within a part of an image: between the colour that most pixels have and the colour that
/// differs most from it. 0: there is one colour only. Fonts have to be without half-transparent edges.
inline double textContrast(const QImage &image, QRect part)
{
    std::map<QRgb, int> pixels;
    part &= image.rect();
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x)
            ++pixels[image.pixel(x, y)];
    }
    if (pixels.size() < 2)
        return 0;
    const auto fewer = [](const auto &a, const auto &b) { return a.second < b.second; };
    const QColor background(std::max_element(pixels.cbegin(), pixels.cend(), fewer)->first);
    double best = 0;
    for (const auto &[color, count] : pixels)
        best = std::max(best, Colors::contrast(QColor(color), background));
    return best;
}

/// Where the text of a widget is, in the widget: without frames, marks and arrows. Empty: it has none, or it cannot be
/// used, so that its text may be pale.
inline QRect textPlace(const QWidget &widget)
{
    const QRect inner = widget.rect().adjusted(4, 4, -4, -4);
    if (!widget.isVisible() || !widget.isEnabled())
        return {};
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return label->text().isEmpty() ? QRect() : label->rect();
    if (const auto *edit = qobject_cast<const QPlainTextEdit *>(&widget))
        return edit->toPlainText().isEmpty() ? QRect() : edit->viewport()->geometry();
    if (const auto *field = qobject_cast<const QLineEdit *>(&widget))
        return field->text().isEmpty() && field->placeholderText().isEmpty() ? QRect() : inner;
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return button->text().isEmpty() ? QRect() : button->isCheckable() ? inner.adjusted(24, 0, 0, 0) : inner;
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget))
        return combo->currentText().isEmpty() ? QRect() : inner.adjusted(0, 0, -24, 0);
    return {};
}

/// Measures the texts of a window as it is painted now.
class Faint
{
public:
    explicit Faint(QWidget &window)
        : m_window(window)
        , m_image(Painted::image(window))
    {
    }

    void look(const QWidget &widget, const QRect &part, const QString &what)
    {
        const QRectF place(widget.mapTo(&m_window, part.topLeft()), part.size());
        const double scale = m_image.devicePixelRatio();
        ++m_looked;
        if (const double contrast =
                textContrast(m_image, QRectF(place.topLeft() * scale, place.size() * scale).toRect());
            contrast < readableContrast)
            m_found.append(QStringLiteral("%1: %2:1").arg(what).arg(contrast, 0, 'f', 2));
    }
    void lookAtAll();
    int looked() const { return m_looked; }
    QString found() const { return m_found.join(u'\n'); }

private:
    void lookAt(const QTabBar &tabs);
    void lookAt(const QTextEdit &text);
    void lookAt(const QTableView &log);
    void lookAt(const LadderView &ladder);
    void lookAt(const WireView &wire);

    QWidget &m_window;
    QImage m_image;
    int m_looked = 0;
    QStringList m_found;
};

inline void Faint::lookAtAll()
{
    for (const auto *widget : m_window.findChildren<QWidget *>()) {
        if (widget->window() != &m_window || !widget->isVisible())
            continue;
        if (const QRect place = textPlace(*widget); !place.isEmpty())
            look(*widget, place,
                 QStringLiteral("%1 %2").arg(QLatin1StringView(widget->metaObject()->className()),
                                             widget->objectName()));
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
            lookAt(*tabs);
        if (const auto *text = qobject_cast<const QTextEdit *>(widget))
            lookAt(*text);
        if (const auto *log = qobject_cast<const QTableView *>(widget))
            lookAt(*log);
        if (const auto *ladder = qobject_cast<const LadderView *>(widget))
            lookAt(*ladder);
        if (const auto *wire = qobject_cast<const WireView *>(widget))
            lookAt(*wire);
    }
}

inline void Faint::lookAt(const QTabBar &tabs)
{
    for (int tab = 0; tab < tabs.count(); ++tab)
        look(tabs, tabs.tabRect(tab).adjusted(4, 4, -4, -4), QStringLiteral("tab %1").arg(tabs.tabText(tab)));
}

/// Paragraph by paragraph: they may have colours of their own.
inline void Faint::lookAt(const QTextEdit &text)
{
    const QRect seen = text.viewport()->rect();
    for (QTextBlock block = text.document()->begin(); block.isValid(); block = block.next()) {
        const QRectF rect = text.document()->documentLayout()->blockBoundingRect(block);
        const QRect place = rect.translated(0, -text.verticalScrollBar()->value()).toAlignedRect();
        if (seen.contains(place) && !block.text().isEmpty())
            look(*text.viewport(), place, QStringLiteral("text %1").arg(block.text()));
    }
}

inline void Faint::lookAt(const QTableView &log)
{
    for (int row = 0; row < log.model()->rowCount(); ++row) {
        for (int column = 0; column < log.model()->columnCount(); ++column) {
            const QModelIndex index = log.model()->index(row, column);
            const QRect rect = log.visualRect(index) & log.viewport()->rect();
            if (!rect.isEmpty() && !index.data().toString().isEmpty())
                look(*log.viewport(), rect.adjusted(1, 1, -1, -1),
                     QStringLiteral("log %1").arg(index.data().toString()));
        }
    }
}

inline void Faint::lookAt(const LadderView &ladder)
{
    const QRect seen = ladder.viewport()->rect();
    for (const LadderLabel &label : ladder.scene().labels) {
        const QRect rect = label.rect.toAlignedRect();
        if (seen.contains(rect) && ladder.childAt(rect.center()) == ladder.viewport())
            look(*ladder.viewport(), rect.adjusted(1, 1, -1, -1), QStringLiteral("ladder %1").arg(label.text));
    }
}

inline void Faint::lookAt(const WireView &wire)
{
    for (WireRow row(0); !wire.rowRect(row).isEmpty(); ++row)
        look(*wire.viewport(), wire.rowRect(row).adjusted(1, 1, -1, -1), QStringLiteral("wire %1").arg(row.value()));
}

/// The texts that are too faint, with the window's title; also if there are hardly any texts.
inline QString faintTexts(QWidget &window)
{
    Faint faint(window);
    faint.lookAtAll();
    if (faint.looked() > 10 && faint.found().isEmpty())
        return {};
    return QStringLiteral("%1, %2 texts:\n%3").arg(window.windowTitle()).arg(faint.looked()).arg(faint.found());
}
