// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "icons.h"

#include <QObject>

class QAbstractButton;

/// The look of a button that may be the one for the most useful next step; a window has at most one. The look follows
/// the theme. Owned by the button.
class PrimaryLook : public QObject
{
    Q_OBJECT
public:
    explicit PrimaryLook(QAbstractButton *button);

    /// Fills the button with the accent colour if isPrimary is true. The button shows the shape in either case.
    void set(Icons::Shape shape, bool isPrimary);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void paint();

    QAbstractButton *m_button;
    Icons::Shape m_shape = Icons::Shape::None;
    bool m_isPrimary = false;
    bool m_isPainting = false;
};
