// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

/// The symbols on buttons, painted in a colour of the palette so that they suit light and dark themes.
namespace Icons {

enum class Shape { None, Start, Stop, Send, Close };

QIcon make(Shape shape, const QColor &color);

} // namespace Icons
