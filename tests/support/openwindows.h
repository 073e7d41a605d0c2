// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client_gui/clientwindow.h"
#include "server_gui/serverwindow.h"
#include "windowtools.h"

#include <memory>

/// Windows of both programs that are visible and forget everything with the sandbox.
namespace OpenWindows {

/// It will listen on a free port, and answer at once.
inline std::unique_ptr<ServerWindow> server(const WindowTools::Sandbox &sandbox)
{
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 0;
    options.sessionPath = sandbox.sessionPath(QStringLiteral("server"));
    auto window = std::make_unique<ServerWindow>(options);
    window->show();
    return window;
}

inline std::unique_ptr<ClientWindow> client(const WindowTools::Sandbox &sandbox)
{
    ClientOptions options;
    options.sessionPath = sandbox.sessionPath(QStringLiteral("client"));
    auto window = std::make_unique<ClientWindow>(options);
    window->show();
    return window;
}

} // namespace OpenWindows
