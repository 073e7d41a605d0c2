// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFontMetrics>
#include <QStyledItemDelegate>

/// Paints the cells of a StepModel: a step semibold behind an arrow that says which way it went, an event and the time
/// quieter, figures of one width, and what stands for something else (\n) on a tint, so that it can be told from a
/// backslash. Owned by a StepView, which says when its font has changed.
class StepDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit StepDelegate(QObject *parent = nullptr);

    void setFont(const QFont &font);
    /// Of figures as they are painted, for columns to have room for them.
    const QFontMetrics &figuresMetrics() const { return m_figures.metrics; }
    int arrowRoom() const { return m_arrowRoom; } ///< before the text of each step and event

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Face {
        QFont font;
        QFontMetrics metrics{QFont()};
    };

    Face m_text; ///< of events
    Face m_step;
    Face m_figures;
    int m_arrowRoom = 0;
};
