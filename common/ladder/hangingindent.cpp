// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "hangingindent.h"

#include <algorithm>

namespace {

constexpr int leastColumns = 8; ///< of text, however narrow the place is

} // namespace

std::vector<QStringView> HangingIndent::pieces(QStringView line, int width)
{
    std::vector<QStringView> all;
    for (qsizetype room = std::max(leastColumns, width); line.size() > room;
         room = std::max(leastColumns, width - columns)) {
        // The space itself may stand behind the edge: it is not seen.
        const qsizetype space = line.first(room + 1).lastIndexOf(u' ');
        const qsizetype end = space > 0 ? space + 1 : room;
        all.push_back(line.first(end));
        line = line.sliced(end);
    }
    if (!line.isEmpty() || all.empty())
        all.push_back(line);
    return all;
}
