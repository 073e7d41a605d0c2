// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>
#include <vector>

/// How far the clock of a second capture is ahead of that of the first one. A plain value.
///
/// It is (smallest A→B − smallest B→A) / 2 over the segments in both captures, as RFC 5905, section 8, has it for
/// one exchange. That assumes paths with the same delay in both directions. Drift is not considered: over a long
/// capture the smallest sums may be negative, and no single offset fits (fits is false). An arrival that would then
/// come before its departure is shown at its departure. If only one direction has segments in both captures, nothing
/// tells the offset; the times are then shown as if the fastest of these segments took no time.
struct ClockOffset {
    enum class Source : quint8 { BothDirections, OneDirection, Nothing };

    Source source = Source::Nothing;
    bool fits = true;
    qint64 us = 0;            ///< to subtract from the times of the second capture
    qint64 smallestDelay = 0; ///< in µs, of either direction; 0: unknown

    /// By capture that was made at the sender: how much later the other capture has a segment. Sorts them.
    static ClockOffset of(std::array<std::vector<qint64>, 2> &delaysUs);
};
