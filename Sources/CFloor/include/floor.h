void perigee_floor(void);
