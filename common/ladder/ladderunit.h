// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

#include <vector>

struct LadderColumns;
struct LadderScene;

/// One row, or two that cross, with the places where their states change.
struct LadderUnit {
    struct Change {
        Side side = Side::Client;
        double y = 0;
        LadderState state;
    };

    LadderIndex first;
    std::vector<LadderRow> rows;
    std::vector<Change> changes; ///< from top to bottom for each side
    double gapTop = 0;
    double gapBottom = 0;

    LadderState stateAt(Side side) const; ///< of an end, below everything so far
    /// The lifelines from top to bottom.
    void addBands(const LadderColumns &columns, double top, double bottom, LadderScene &scene) const;
    bool crosses() const { return rows.size() > 1; }
};

/// Where arrows of measured segments begin and end.
struct LadderWays {
    struct Place {
        LadderIndex row;
        double y = 0;
    };

    LadderIndex begin; ///< the rows that were laid out
    LadderIndex end;
    double bottom = 0;
    std::vector<Place> tails; ///< of the rows themselves
    std::vector<Place> heads; ///< of rows that arrive there
};
