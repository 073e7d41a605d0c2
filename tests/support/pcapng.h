// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets.h"

/// Creates the blocks of a pcapng capture, in one byte order.
struct Pcapng {
    bool isBig = true;

    QByteArray n16(quint16 value) const { return number(value); }
    QByteArray n32(quint32 value) const { return number(value); }

    QByteArray block(quint32 type, const QByteArray &body) const
    {
        const QByteArray padded = body + padding(body);
        const QByteArray length = n32(quint32(padded.size() + 12));
        return n32(type) + length + padded + length;
    }

    QByteArray option(quint16 code, const QByteArray &value) const
    {
        return n16(code) + n16(quint16(value.size())) + value + padding(value);
    }

    QByteArray section() const { return block(0x0a0d0d0a, n32(0x1a2b3c4d) + n16(1) + n16(0) + QByteArray(8, '\xff')); }

    QByteArray interface(quint16 linkType, quint32 snapLength = 262144, const QByteArray &options = {}) const
    {
        return block(1, n16(linkType) + n16(0) + n32(snapLength) + options);
    }

    /// length: on the wire; 0: as captured.
    QByteArray packet(const QByteArray &bytes, quint32 interface = 0, quint64 time = 1000000, quint32 length = 0,
                      const QByteArray &options = {}) const
    {
        return block(6, n32(interface) + n32(quint32(time >> 32)) + n32(quint32(time)) + n32(quint32(bytes.size())) +
                            n32(length != 0 ? length : quint32(bytes.size())) + bytes + padding(bytes) + options);
    }

    /// value: of an option that counts dropped packets.
    QByteArray statistics(quint32 interface, quint16 option, quint64 value) const
    {
        return block(5, n32(interface) + n32(0) + n32(0) + this->option(option, number(value)));
    }

    QByteArray simple(const QByteArray &bytes, quint32 length) const { return block(3, n32(length) + bytes); }

    QByteArray obsolete(const QByteArray &bytes, quint16 interface, quint32 time) const
    {
        const auto size = quint32(bytes.size());
        return block(2, n16(interface) + n16(0) + n32(0) + n32(time) + n32(size) + n32(size) + bytes);
    }

private:
    static QByteArray padding(const QByteArray &bytes) { return QByteArray((4 - bytes.size() % 4) % 4, '\0'); }

    template<typename Number>
    QByteArray number(Number value) const
    {
        QByteArray bytes(sizeof value, '\0');
        isBig ? qToBigEndian(value, bytes.data()) : qToLittleEndian(value, bytes.data());
        return bytes;
    }
};
