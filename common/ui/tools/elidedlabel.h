// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

/// One line of text that gives way: what does not fit ends with "…" and stands whole in the tooltip, unless the
/// tooltip was set to something else.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;
    bool isElided() const; ///< in the width that it has now

protected:
    void paintEvent(QPaintEvent *event) override;
};
