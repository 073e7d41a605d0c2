// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkdecider.h"

/// What happened to a packet on the link. Each packet departs once. Then it arrives or is lost, once; a copy of it does
/// so, too, with an id of its own. A plain value.
struct LinkEvent {
    enum class Kind : quint8 {
        Departed,
        Copied, ///< by a rule or by hand
        Arrived,
        Lost,
    };

    Kind kind = Kind::Departed;
    quint64 id = 0;     ///< of the packet, from 1
    quint64 copyOf = 0; ///< of Copied: the packet
    qint64 timeNs = 0;  ///< since 1970-01-01T00:00:00Z, by a clock that does not jump while the link runs
    quint32 frame = 0;  ///< of Departed: its number in the sender's file; of Arrived: in the receiver's; 0: in none
    LinkPacket packet;  ///< of Departed
    bool isHeld = false;
    bool isCorrupted = false;
    LinkLoss loss = LinkLoss::None; ///< of Lost, and of Departed if that is already certain
};
