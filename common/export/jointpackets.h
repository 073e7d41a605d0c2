// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/exportprogress.h"
#include "matching/jointcapture.h"

class QIODevice;

/// Writes the packets of both captures to an open device as pcapng, with the interfaces and comments of their files, in
/// the order of their times on one clock. The times stay those of each file. connection: only this one, from 1; 0: all
/// packets. If writing fails, the device has the error.
void writeJointPackets(const JointCapture &joint, int connection, QIODevice &to, ExportProgress &progress);
