// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProxyStyle>

/// The system's style, but the arrow of a menu bar that is too narrow is read when it is drawn. Qt reads it from a file
/// for every menu bar, and before that loads all plugins for image formats. That takes a twentieth of the time until a
/// window is visible. Owned by the application.
class ApplicationStyle : public QProxyStyle
{
    Q_OBJECT
public:
    explicit ApplicationStyle(QStyle *system); ///< owns it

    QIcon standardIcon(StandardPixmap which, const QStyleOption *option = nullptr,
                       const QWidget *widget = nullptr) const override;
};
