// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepnumbering.h"

void StepNumbering::finish()
{
    if (m_hasFinished)
        return;
    m_hasFinished = true;
    m_hasFinishedFirst = !m_hasPeerFinished;
}

int StepNumbering::close()
{
    finish();
    return StepNumber::ofClose(m_messages, m_hasFinishedFirst);
}
