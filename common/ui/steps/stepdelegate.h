// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFontMetrics>
#include <QStyledItemDelegate>

/// Paints the cells of a StepModel: a step in semibold, after an arrow that shows its direction; an event and the
/// time in a quieter colour; figures of equal width; and escapes such as \n on a tint, so that they differ from a
/// literal backslash. Owned by a StepView, which reports font changes.
class StepDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit StepDelegate(QObject *parent = nullptr);

    void setFont(const QFont &font);
    /// The metrics of painted figures, which columns use to determine their width.
    const QFontMetrics &figuresMetrics() const { return m_figures.metrics; }
    int arrowRoom() const { return m_arrowRoom; } ///< width before the text of each step and event

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Face {
        QFont font;
        QFontMetrics metrics{QFont()};
    };

    Face m_text; ///< for events
    Face m_step;
    Face m_figures;
    int m_arrowRoom = 0;
};
