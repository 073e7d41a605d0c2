// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

/// A label with one line of text that can shrink: a text that does not fit ends with "…", and the tool tip shows the
/// whole text, unless another tool tip was set.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;
    bool isElided() const; ///< at the current width

    /// At first ElideRight.
    void setElideMode(Qt::TextElideMode mode) { m_elideMode = mode; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_elideMode = Qt::ElideRight;
};
