// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionsteps.h"

#include "steps/sessionfile.h"
#include "steps/stepjson.h"

namespace {

constexpr qsizetype shownBytes = 4096;

} // namespace

bool SessionSteps::readNext(QFile &session, Step &step)
{
    while (!session.atEnd()) {
        if (StepJson::fromLine(session.readLine(SessionFile::longestLine).trimmed(), step))
            return true;
    }
    return false;
}

std::vector<Step> SessionSteps::readAll(QFile &session)
{
    std::vector<Step> steps;
    for (Step step; readNext(session, step); step = {}) {
        step.payload.truncate(shownBytes);
        steps.push_back(step);
    }
    return steps;
}
