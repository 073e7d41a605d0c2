// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "step.h"

#include <algorithm>
#include <chrono>

StepTime StepTime::now()
{
    using namespace std::chrono;
    StepTime time;
    time.wallUs = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    time.monotonicUs = duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
    return time;
}

Step Step::event(Side side, StepKind kind, const QString &detail)
{
    Step step;
    step.time = StepTime::now();
    step.side = side;
    step.kind = kind;
    step.detail = detail;
    return step;
}

qint64 Step::expectedSize() const
{
    if (!isMessage() || bytes < 0)
        return 0;
    return std::max<qint64>(0, bytes - (unterminated || part ? 0 : framing.overhead()));
}
