// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturefilter.h"

QByteArray CaptureFilter::ofPort(quint16 port)
{
    // The quoted packet begins at byte 8 of the message. Of IPv4, its header has as many words as its first byte says.
    QByteArray filter = "tcp port PORT"
                        " or (icmp and (icmp[0] >= 3 and icmp[0] <= 5 or icmp[0] = 11 or icmp[0] = 12) and icmp[17] = 6"
                        " and (icmp[8 + (icmp[8] & 15) * 4 : 2] = PORT or icmp[10 + (icmp[8] & 15) * 4 : 2] = PORT))"
                        " or (ip6 and ip6[6] = 58 and ip6[40] < 128 and ip6[54] = 6"
                        " and (ip6[88:2] = PORT or ip6[90:2] = PORT))";
    return filter.replace("PORT", QByteArray::number(port));
}
