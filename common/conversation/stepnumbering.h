// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// The counting rule of one end of one connection. With k messages seen so far, sending the k-th is step 2k-1,
/// receiving it step 2k; with m messages seen at the close, that is step 2m+1 if this end's FIN or RST left before the
/// peer's FIN was seen, else 2m+2. Pure.
class StepNumbering
{
public:
    int send() { return 2 * ++m_messages - 1; }
    int receive() { return 2 * ++m_messages; }

    void peerFinished() { m_peerFinished = true; }
    /// This end's FIN or RST leaves. Only the first one counts: it may be Finish Sending's.
    void finish();
    /// The step of the close or reset, which finishes if nothing did before.
    int close();

private:
    int m_messages = 0;
    bool m_peerFinished = false;
    bool m_finished = false;
    bool m_finishedFirst = false;
};
