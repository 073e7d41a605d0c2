// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirespans.h"

using namespace Qt::StringLiterals;

namespace {

/// From the window to the end of the options; either may be missing. Options may contain brackets, too.
std::pair<qsizetype, qsizetype> quietPart(QStringView line, qsizetype from)
{
    const qsizetype window = line.indexOf(", win "_L1, from);
    const qsizetype options = line.indexOf(", options ["_L1, from);
    const qsizetype begin = window >= 0 ? window : options;
    if (begin < 0)
        return {line.size(), line.size()};
    const qsizetype length = line.lastIndexOf(", length "_L1);
    qsizetype end = options >= 0 ? line.lastIndexOf(u']') + 1 : line.indexOf(u',', window + 1);
    if (length > begin && (end < begin || end > length))
        end = length;
    return {begin + 2, end < begin ? line.size() : end};
}

} // namespace

std::vector<WireSpan> wireSpans(QStringView line)
{
    std::vector<WireSpan> spans;
    const auto add = [&](qsizetype from, qsizetype to, WireSpan::Look look) {
        if (to > from)
            spans.push_back({line.sliced(from, to - from), look});
    };
    const qsizetype flags = line.indexOf("Flags ["_L1);
    const qsizetype flagsEnd = flags < 0 ? 0 : line.indexOf(u']', flags) + 1;
    if (flagsEnd > 0) {
        add(0, flags, WireSpan::Look::Plain);
        add(flags, flagsEnd, WireSpan::Look::Flags);
    }
    const auto [quiet, quietEnd] = quietPart(line, flagsEnd);
    add(flagsEnd, quiet, WireSpan::Look::Plain);
    add(quiet, quietEnd, WireSpan::Look::Quiet);
    add(quietEnd, line.size(), WireSpan::Look::Plain);
    return spans;
}
