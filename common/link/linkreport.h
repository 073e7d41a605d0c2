// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkevent.h"

/// What the link reports of a packet on its way (LinkEvent), as a window receives it: the packet itself is in the files
/// of the LinkRecorder. A plain value.
struct LinkReport {
    LinkEvent::Kind kind = LinkEvent::Kind::Departed;
    quint64 id = 0;
    quint64 copyOf = 0;       ///< of Copied
    qint64 timeUs = 0;        ///< since 1970-01-01T00:00:00Z
    quint32 frame = 0;        ///< of Departed and Arrived, as in LinkEvent
    Side from = Side::Client; ///< of Departed
    bool isHeld = false;
    bool isCorrupted = false;
    bool isLost = false; ///< of Departed: it will be lost at once
};
