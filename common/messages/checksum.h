// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

/// Checksums as devices use them. The names in parentheses are those of the catalogue of CRC algorithms
/// (reveng.sourceforge.io), which also has the test value: what they make of "123456789". Pure; any thread.
namespace Checksum {

quint16 crc16Modbus(QByteArrayView bytes); ///< (CRC-16/MODBUS) 0x4B37
quint16 crc16Ccitt(QByteArrayView bytes);  ///< (CRC-16/IBM-3740, also called CCITT-FALSE) 0x29B1
quint32 crc32(QByteArrayView bytes);       ///< (CRC-32/ISO-HDLC, as in Ethernet, gzip and PNG) 0xCBF43926
quint8 sum8(QByteArrayView bytes);         ///< modulo 256
quint8 xor8(QByteArrayView bytes);

} // namespace Checksum
