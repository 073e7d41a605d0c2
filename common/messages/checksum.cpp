// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "checksum.h"

namespace {

/// With the least significant bit first. T: as wide as the checksum; polynomial: its bits reversed.
template<typename T>
T reflectedCrc(QByteArrayView bytes, T polynomial)
{
    T crc = T(~T(0));
    for (const char byte : bytes) {
        crc ^= T(uchar(byte));
        for (int bit = 0; bit < 8; ++bit)
            crc = T(crc >> 1) ^ (crc & 1 ? polynomial : T(0));
    }
    return crc;
}

} // namespace

quint16 Checksum::crc16Modbus(QByteArrayView bytes)
{
    return reflectedCrc<quint16>(bytes, 0xA001);
}

quint16 Checksum::crc16Ccitt(QByteArrayView bytes)
{
    quint16 crc = 0xFFFF;
    for (const char byte : bytes) {
        crc ^= quint16(uchar(byte) << 8);
        for (int bit = 0; bit < 8; ++bit)
            crc = quint16(crc << 1) ^ (crc & 0x8000 ? quint16(0x1021) : quint16(0));
    }
    return crc;
}

quint32 Checksum::crc32(QByteArrayView bytes)
{
    return ~reflectedCrc<quint32>(bytes, 0xEDB88320);
}

quint8 Checksum::sum8(QByteArrayView bytes)
{
    quint8 sum = 0;
    for (const char byte : bytes)
        sum += uchar(byte);
    return sum;
}

quint8 Checksum::xor8(QByteArrayView bytes)
{
    quint8 result = 0;
    for (const char byte : bytes)
        result ^= uchar(byte);
    return result;
}
