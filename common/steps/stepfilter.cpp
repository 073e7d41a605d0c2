// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepfilter.h"

#include "steptext.h"

bool StepFilter::accepts(const Step &step) const
{
    if (!showEvents && step.isEvent())
        return false;
    if (text.isEmpty())
        return true;
    return (StepText::connection(step) + u' ' + StepText::line(step)).contains(text, Qt::CaseInsensitive);
}
