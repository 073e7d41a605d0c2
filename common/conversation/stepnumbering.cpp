// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepnumbering.h"

void StepNumbering::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    m_finishedFirst = !m_peerFinished;
}

int StepNumbering::close()
{
    finish();
    return 2 * m_messages + (m_finishedFirst ? 1 : 2);
}
