// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturesignature.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace {

constexpr qsizetype signatureBytes = 4;

} // namespace

bool CaptureSignature::isAtStartOf(QByteArrayView file)
{
    // pcap; with nanoseconds; the variants of Kuznetsov, Mesquita and Navtel; pcapng, which reads the same both ways
    static constexpr std::array<quint32, 6> numbers{0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34,
                                                    0xa1b234cd, 0xa12b3c4d, 0x0a0d0d0a};
    if (file.size() < signatureBytes)
        return false;
    const auto big = qFromBigEndian<quint32>(file.data());
    const auto little = qFromLittleEndian<quint32>(file.data());
    return std::any_of(numbers.begin(), numbers.end(),
                       [big, little](quint32 number) { return number == big || number == little; });
}

bool CaptureSignature::isAtStartOf(QFile &file)
{
    return isAtStartOf(file.peek(signatureBytes));
}
