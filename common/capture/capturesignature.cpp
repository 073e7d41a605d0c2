// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturesignature.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

CaptureSignature::Packing CaptureSignature::packingOf(QByteArrayView start)
{
    struct Known {
        QByteArrayView start;
        Packing packing;
    };
    static const std::array known{
        Known{"\x1f\x8b", {"gzip"_L1, true}},
        Known{"\x28\xb5\x2f\xfd", {"zstd"_L1, true}},
        Known{"\x04\x22\x4d\x18", {"lz4"_L1, true}},
        Known{"BZh", {"bzip2"_L1, false}},
        Known{"\xfd"
              "7zX",
              {"xz"_L1, false}},
        Known{"PK\x03\x04", {"zip"_L1, false}},
        Known{"\x1f\x9d", {"compress"_L1, false}},
        Known{"7z\xbc\xaf", {"7-Zip"_L1, false}},
    };
    const auto found =
        std::ranges::find_if(known, [start](const Known &candidate) { return start.startsWith(candidate.start); });
    return found == known.end() ? Packing() : found->packing;
}

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
    const QByteArray start = file.peek(signatureBytes);
    return isAtStartOf(start) || !packingOf(start).name.isEmpty();
}
