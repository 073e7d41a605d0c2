// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

/// A TUN device: what the kernel sends through it is read here, and what is written here arrives at the kernel. One
/// read or write is one IP packet. Exists while it is open. Never blocks.
class TunDevice
{
public:
    static constexpr qsizetype maxPacketBytes = 65'535;

    /// Null, and a sentence in error, if there can be no such device. Its network is that of the calling thread.
    static std::unique_ptr<TunDevice> open(const QString &name, QString &error);
    ~TunDevice();
    Q_DISABLE_COPY_MOVE(TunDevice)

    int descriptor() const { return m_descriptor; }
    const QString &name() const { return m_name; }

    QByteArray read();                    ///< empty: none waits
    bool write(const QByteArray &packet); ///< false: the kernel does not take it, because the device is down

private:
    TunDevice(int descriptor, const QString &name);

    const int m_descriptor;
    const QString m_name;
    QByteArray m_buffer;
};
