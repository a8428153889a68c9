#pragma once
int fettle_launcher_main(int argc, char **argv);
