// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// How bad the network is: probabilities in percent, and the longest delay in ticks.
struct SimulatedNetwork {
    /// Lost before the capture. Never SYN or FIN, because the capture would then show a different conversation.
    int lostBefore = 0;
    int lostAfter = 0;
    int doubled = 0;
    int late = 0; ///< data that is overtaken before the capture
    int delay = 0;
    int blind = 0;  ///< per tick and thousand: somebody else sends a RST, or an ACK to an end in SYN-SENT
    int aborts = 0; ///< per tick and thousand: an end resets the connection
    bool hasResets() const { return blind > 0 || aborts > 0; }
};
