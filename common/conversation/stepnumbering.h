// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepnumber.h"

/// Numbers the steps of one end of one connection by the counting rule, steps/stepnumber.h. This end's FIN or RST comes
/// first if it leaves before the peer's FIN has been seen. Pure; a part of a Connection.
class StepNumbering
{
public:
    int send() { return StepNumber::ofSend(++m_messages); }
    int receive() { return StepNumber::ofReceive(++m_messages); }

    void peerFinished() { m_hasPeerFinished = true; }
    /// This end's FIN or RST leaves. Only the first call counts: the FIN may be Finish Sending's.
    void finish();
    /// The number of the close or reset. Calls finish().
    int close();

private:
    int m_messages = 0;
    bool m_hasPeerFinished = false;
    bool m_hasFinished = false;
    bool m_hasFinishedFirst = false;
};
