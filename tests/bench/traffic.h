// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

/// The other end of what is measured: plain calls that block. Where one fails, the bench ends with a sentence.
namespace Traffic {

quint16 freePort();
bool isListening(quint16 port); ///< asks the kernel, without a connection

int connectTo(quint16 port);
void exchange(int connection); ///< 24 bytes there, 12 bytes back
/// So many connections, each with one exchange and a close. Microseconds for each.
double exchangeOnNewConnections(quint16 port, int count);
/// So many exchanges on one connection. Microseconds for each.
double exchangeOnOpenConnection(quint16 port, int count);
/// A connection that sends so many bytes, closes, and waits until the peer has closed. MiB a second.
double send(quint16 port, qint64 bytes);

/// Connections that do nothing, until this ends.
class Crowd
{
public:
    Crowd(quint16 port, int count);
    ~Crowd();
    Q_DISABLE_COPY_MOVE(Crowd)

    int exchangeAll() const; ///< all send before the first receives; how many were answered

private:
    std::vector<int> m_connections;
};

} // namespace Traffic
