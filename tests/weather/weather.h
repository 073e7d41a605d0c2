// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// A random network of the emulated link, and a conversation for it. Everything follows from the seed. A plain value.
struct Weather {
    enum class Closing { Client, Server, Both, HalfClose };

    quint64 seed = 0;
    QString rules; ///< as LinkRules reads them
    int ipVersion = 4;
    /// Which end closes first, once both have all bytes. HalfClose: the client finishes sending after its bytes.
    Closing closing = Closing::Client;
    int closeDelayMs = 0; ///< until the other end closes

    static Weather of(quint64 seed);
    QString text() const; ///< all of it, for a report
};
