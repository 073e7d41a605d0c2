// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

/// Which rows of a step log are shown. A plain value; crosses threads by copy.
struct StepFilter {
    QString text;           ///< what "#1 [2] Recv: text" must contain; case does not matter; empty: anything
    bool showEvents = true; ///< besides the numbered steps

    bool acceptsAll() const { return text.isEmpty() && showEvents; }
    bool accepts(const Step &step) const;
    bool operator==(const StepFilter &) const = default;
};
