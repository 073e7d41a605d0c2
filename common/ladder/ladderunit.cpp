// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladderunit.h"

#include "laddercolumns.h"
#include "ladderscene.h"

namespace {

/// Extends the band above if it is the same.
void addBand(LadderScene &scene, const LadderBand &band)
{
    const auto above = std::find_if(scene.bands.rbegin(), scene.bands.rend(),
                                    [&band](const LadderBand &other) { return other.side == band.side; });
    if (above != scene.bands.rend() && above->state == band.state && above->isGap == band.isGap)
        above->bottom = band.bottom;
    else
        scene.bands.push_back(band);
}

} // namespace

LadderState LadderUnit::stateAt(Side side) const
{
    const auto last =
        std::find_if(changes.rbegin(), changes.rend(), [side](const Change &change) { return change.side == side; });
    return last == changes.rend() ? rows.front().before[size_t(side)] : last->state;
}

void LadderUnit::addBands(const LadderColumns &columns, double top, double bottom, LadderScene &scene) const
{
    for (const Side side : {Side::Client, Side::Server}) {
        LadderState state = rows.front().before[size_t(side)];
        double from = top;
        const auto add = [&](double to, bool isGap = false) {
            if (to > from)
                addBand(scene, {side, columns.x(side), from, to, state, isGap});
            from = to;
        };
        if (gapBottom > gapTop) {
            add(gapTop);
            add(gapBottom, true);
        }
        for (const Change &change : changes) {
            if (change.side != side || change.state.source == LadderState::Source::Unknown)
                continue;
            if (state != change.state)
                add(change.y);
            state = change.state;
        }
        add(bottom);
    }
}
