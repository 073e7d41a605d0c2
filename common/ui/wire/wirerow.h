// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/wirelines.h"

class QPainter;
class QPalette;
class QRect;

/// The look of a row in a WireView.
struct WireRowLook {
    static constexpr int marginColumns = 2; ///< left of the text, for the mark

    WireLines::Kind kind = WireLines::Kind::Segment;
    QChar mark = u' '; ///< in the margin
    bool isSelected = false;
    bool isCurrent = false;
    bool hasFocus = false; ///< the view has it
};

/// Paints a row, wrapped into this many columns, in the painter's font, which is monospaced.
void paintWireRow(QPainter &painter, const QRect &rect, const QString &text, int columns, const WireRowLook &look,
                  const QPalette &palette);
