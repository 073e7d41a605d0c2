// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QCoreApplication>

/// TCP states in words, for the connection bar. Pure.
class StateText
{
    Q_DECLARE_TR_FUNCTIONS(StateText)
public:
    /// "ESTABLISHED · kernel", "closed"
    static QString shortText(const ConnectionStatus &status);
    /// What the state means, in RFC 9293's words where it has some, and what follows from it.
    static QString explanation(const ConnectionStatus &status);

private:
    static QString meaning(TcpState state);
};
