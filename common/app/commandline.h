// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionoptions.h"
#include "link/linkrule.h"
#include "messages/typedmessage.h"
#include "packets/endpoint.h"
#include "replies/replyrule.h"
#include "steps/step.h"

#include <QStringList>

#include <optional>

/// The options that both programs have. An option that was not given is empty: a window then keeps the value it
/// remembers, and a headless run uses the default.
struct CommonOptions {
    std::optional<quint16> port;
    std::optional<Framing> framing;
    std::optional<Framing> sendFraming;
    std::optional<int> closeDelayMs; ///< or ConnectionSettings::never
    std::optional<int> readAfterMs;  ///< the same
    bool headless = false;
    bool begin = false;       ///< --start, --connect: press the window's main button
    bool jsonl = false;       ///< --output jsonl
    QString sessionPath;      ///< empty: the user's data folder with a window, none without
    QString openPath;         ///< a session or a capture to show instead
    QString secondPath;       ///< with openPath, a capture made at the other end; empty: none
    QString exportPath;       ///< the file to export openPath to; its suffix tells the kind
    int connection = 0;       ///< only this connection; 0: all of them
    std::optional<Side> side; ///< the bytes of this end; nothing: of both
    QString dumpPath;         ///< --dump-wire: a capture to print
    bool relative = false;    ///< sequence numbers relative to the start of each connection
    QString capturePath;      ///< the file for the captured segments: pcap, or pcapng by its suffix
};

struct ServerOptions : CommonOptions {
    std::optional<QHostAddress> address;
    std::optional<TypedMessage> reply;
    std::optional<int> replyDelayMs;
    std::optional<ReplyMode> replyMode;    ///< Rules, if there are rules and nothing else is said
    std::optional<QList<ReplyRule>> rules; ///< of the file that --rules names
    QList<Subnet> allowed;
    bool once = false;
    QStringList command;     ///< to run beside the emulated network; empty: this is a server
    QList<LinkRule> network; ///< the rules of that network
};

struct ClientOptions : CommonOptions, ConnectionOptions {
    std::optional<QString> host;
    QList<TypedMessage> messages;
    bool noMessage = false;    ///< connect, wait and close
    std::optional<int> waitMs; ///< of silence, after which a reply has ended
    qint64 rounds = 1;         ///< how often the messages are sent; 0: until the program is stopped
    int everyMs = 0;           ///< between the rounds
    std::optional<int> timeoutMs;
    bool finishSending = false; ///< after the last message
    bool closeAfterReply = false;
    bool closeWithReset = false;
};

/// Reading the command line, and the files of messages and rules that it names. Any thread; prints nothing.
namespace CommandLine {

/// Either the program continues (text is empty), or it prints text and ends with status: 0 with --help and --version
/// (to standard output), 2 for a wrong command line, 1 for a message's file that cannot be read (one line to standard
/// error).
struct Outcome {
    QString text;
    int status = 0;
};

Outcome parse(const QStringList &arguments, ServerOptions &options);
Outcome parse(const QStringList &arguments, ClientOptions &options);

} // namespace CommandLine
