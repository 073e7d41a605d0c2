// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/capturedpacket.h"

/// The resolution of the times of a pcapng interface (options if_tsresol and if_tsoffset). A plain value.
struct PacketTime {
    quint64 unitsInSecond = 1'000'000;
    qint64 offset = 0; ///< added to each time, in seconds

    /// False: a second cannot have so many units.
    bool setResolution(quint8 option);
    bool isWholeMicroseconds() const { return 1'000'000 % unitsInSecond == 0; } ///< each unit
    /// Sets the time of a packet. A hostile file may contain any number; the result is within 285,000 years.
    void apply(quint64 units, CapturedPacket &to) const;
};
