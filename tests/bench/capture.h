// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QString>

/// Writes a pcap file of consecutive conversations, each with the given number of segments: a handshake, and messages
/// that are acknowledged. It is captured at one end; each segment arrives at the other one before the next one leaves.
/// Ends the bench with a message on failure.
void writeCapture(const QString &path, int conversations, int segmentsEach, Side at = Side::Client);
