// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/socketoptions.h"
#include "messages/typedmessage.h"
#include "packets/endpoint.h"
#include "steps/step.h"

#include <QAbstractSocket>

/// Command lines for a shell that send a message as a window would. Pure.
namespace CommandText {

struct Sending {
    QString program = QStringLiteral("client_gui");
    QString host;
    quint16 port = 0;
    TypedMessage message; ///< without a mistake
    Framing framing = Framing::Nul;
    std::optional<Framing> sendFraming; ///< if it is another
    bool closesWithReset = false;
    LocalEnd from;
    QAbstractSocket::NetworkLayerProtocol ipVersion = QAbstractSocket::AnyIPProtocol;
    int reconnectMs = 0;
    int readAfterMs = 0; ///< as in ConnectionSettings
    SocketOptions socket;
};

QString client(const Sending &sending); ///< "client_gui --headless -H 127.0.0.1 -p 8700 -m 'Hi'"
/// "printf 'Hi\\000' | nc -N 127.0.0.1 8700", for OpenBSD's nc. Computed fields have the values that they have now.
QString netcat(const Sending &sending, const ComputedField::Values &now);

QString quoted(const QString &text); ///< as one word of a POSIX shell: in single quotes, where that is needed

} // namespace CommandText
