// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepfilter.h"

#include "shortevent.h"

bool StepFilter::accepts(const Step &step) const
{
    if (!showEvents && step.isEvent())
        return false;
    if (text.isEmpty())
        return true;
    const auto contains = [this, &step](const QString &line) {
        return (StepText::connection(step) + u' ' + line).contains(text, Qt::CaseInsensitive);
    };
    // An event is found by what its row says and by its sentence.
    return contains(StepText::line(step)) || (step.isEvent() && contains(StepText::shortLine(step).text));
}
