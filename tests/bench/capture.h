// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Writes a pcap file of so many conversations, one after the other, of so many segments each: a handshake, and messages that
/// are acknowledged. Ends the bench, with a sentence, where it cannot.
void writeCapture(const QString &path, int conversations, int segmentsEach);
