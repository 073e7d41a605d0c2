// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

/// Paints the text of a step: events in italics and quieter, and what stands for something else (\n) on a tint, so that
/// it can be told from a backslash. Owned by a StepView.
class StepDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};
