// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "hangingindent.h"

#include <algorithm>

namespace {

constexpr int minColumns = 8; ///< of text, however narrow the view is

} // namespace

std::vector<QStringView> HangingIndent::pieces(QStringView line, int width)
{
    std::vector<QStringView> all;
    for (qsizetype room = std::max(minColumns, width); line.size() > room;
         room = std::max(minColumns, width - columns)) {
        // The space itself may be beyond the edge: it is invisible.
        const qsizetype space = line.first(room + 1).lastIndexOf(u' ');
        const qsizetype end = space > 0 ? space + 1 : room;
        all.push_back(line.first(end));
        line = line.sliced(end);
    }
    if (!line.isEmpty() || all.empty())
        all.push_back(line);
    return all;
}
