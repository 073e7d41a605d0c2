// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// What a radiotap header (radiotap.org) says about its frame. A plain value.
struct RadiotapFields {
    QByteArray text;               ///< what tcpdump prints of the fields, each with a space behind it
    bool isPadded = false;         ///< the header of the frame fills whole words
    bool hasCheckSequence = false; ///< the frame ends with one

    /// header: all of it, at least 8 bytes. Like tcpdump, it stops at the first unknown field.
    static RadiotapFields of(const uchar *header, quint32 headerBytes);
};
