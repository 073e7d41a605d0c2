// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Writes a pcap file of consecutive conversations, each with the given number of segments: a handshake, and messages
/// that are acknowledged. Ends the bench with a message on failure.
void writeCapture(const QString &path, int conversations, int segmentsEach);
