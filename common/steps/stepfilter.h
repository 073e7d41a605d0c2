// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"
#include "textpattern.h"

/// Which rows of a step log are shown. A plain value; crosses threads by copy.
struct StepFilter {
    enum class Kind : quint8 {
        All,
        Messages,
        Sent, ///< messages
        Received,
        Events,
    };

    TextPattern pattern;    ///< what "#1 [2] Recv: text" must have
    bool showEvents = true; ///< besides the numbered steps
    Kind kind = Kind::All;
    int connection = 0; ///< 0: all, and none
    TextPattern sought; ///< what the same line must have besides, for StepFinder

    bool acceptsAll() const
    {
        return pattern.isEmpty() && showEvents && kind == Kind::All && connection == 0 && sought.isEmpty();
    }
    bool accepts(const Step &step) const;
    /// A quick look at a line of a session file: false if accepts() is false for its step.
    bool mayAccept(QByteArrayView line) const;
    bool operator==(const StepFilter &) const = default;

private:
    bool acceptsKind(const Step &step) const;
};
