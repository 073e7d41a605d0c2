// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "serverwindow.h"
#include "ui/windows/guiprogram.h"

int main(int argc, char **argv)
{
    return runGuiProgram<ServerOptions, ServerWindow>(argc, argv, QStringLiteral(":/icons/server.svg"));
}
