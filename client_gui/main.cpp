// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "clientwindow.h"
#include "ui/windows/guiprogram.h"

int main(int argc, char **argv)
{
    return runGuiProgram<ClientOptions, ClientWindow>(argc, argv, QStringLiteral(":/icons/client.svg"));
}
